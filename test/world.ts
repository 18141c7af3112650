export { startTestServer, testDatabase } from './database.ts'
