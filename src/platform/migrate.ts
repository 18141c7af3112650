/** Migrations: `db/migrations/*.sql`, forward only, applied by Kysely's Migrator, each file in the transaction of the run. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration'
import type { Database } from './db.ts'

const FOLDER = path.join(import.meta.dirname, '../../db/migrations')

/** Brings the database to the newest migration and returns the names of those it applied. Safe to run by two processes at once. */
export async function migrate(database: Database): Promise<string[]> {
  const migrator = new Migrator({ db: database.db, provider: sqlFiles(), migrationTableSchema: 'public' })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

function sqlFiles(): MigrationProvider {
  return {
    async getMigrations(): Promise<Record<string, Migration>> {
      const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).toSorted()
      const migrations: Record<string, Migration> = {}
      for (const file of files) {
        const text = await readFile(path.join(FOLDER, file), 'utf8')
        migrations[file.replace('.sql', '')] = { up: async (db) => void (await sql.raw(text).execute(db)) }
      }
      return migrations
    },
  }
}
