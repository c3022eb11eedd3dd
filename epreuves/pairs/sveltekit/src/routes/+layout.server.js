export const load = ({ locals }) => ({ visiteur: locals.visiteur });
