/** The face of the room `sellers`: what touches a seller, and what they say of it. */
export { sellerRoutes } from './routes.ts'
export { sellerContactRoutes } from './routes-contacts.ts'
