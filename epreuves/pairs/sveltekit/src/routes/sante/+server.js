export const GET = () => new Response('prêt');
