// Dates as the deck says them, computed without the application's code.

const MORCEAUX = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function morceaux(quand: Date): Record<string, string> {
  return Object.fromEntries(MORCEAUX.formatToParts(quand).map(({ type, value }) => [type, value]));
}

/** « 7 juin 2024 », « 1er juin 2024 ». */
export function jour(quand: Date): string {
  const { day, month, year } = morceaux(quand);
  return `${day === '1' ? '1er' : day} ${month} ${year}`;
}

/** « 15h30 », « 9h00 ». */
export function heure(quand: Date): string {
  const { hour, minute } = morceaux(quand);
  return `${Number(hour)}h${minute}`;
}

/** « 7 juin 2024 à 15h30 ». */
export const dateHeure = (quand: Date): string => `${jour(quand)} à ${heure(quand)}`;

/** « vendredi 7 juin 2024 à 15h30 ». */
export const dateHeureLongue = (quand: Date): string => `${morceaux(quand).weekday} ${dateHeure(quand)}`;

/** An hour of a working day to come: `dans` working days from today, on the clocks of Paris. */
export function jourOuvre(dans: number, heures = '15:30'): string {
  const date = new Date();
  for (let restent = dans; restent > 0; ) {
    date.setDate(date.getDate() + 1);
    if (date.getDay() !== 0 && date.getDay() !== 6) restent -= 1;
  }
  const [annee, mois, numero] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const deuxChiffres = (n: number) => String(n).padStart(2, '0');
  return `${annee}-${deuxChiffres(mois)}-${deuxChiffres(numero)}T${heures}`;
}

/** The instant of a wall clock of Paris, `2024-06-07T15:30`. */
export function instantAParis(horloge: string): Date {
  for (const decalage of ['+02:00', '+01:00']) {
    const instant = new Date(`${horloge}:00${decalage}`);
    const { hour } = morceaux(instant);
    if (Number(hour) === Number(horloge.slice(11, 13))) return instant;
  }
  throw new Error(`Heure inconnue à Paris : ${horloge}`);
}
