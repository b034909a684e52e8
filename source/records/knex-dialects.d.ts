declare module 'knex/lib/dialects/sqlite3/index.js' {
  import type sqlite3 from 'sqlite3';

  export default class SqliteClient {
    readonly connectionSettings: { readonly filename: string };
    readonly driver: typeof sqlite3;
    constructor(config: unknown);
    transaction(...args: unknown[]): {
      begin: (connection: unknown) => unknown;
    };
    acquireRawConnection(): Promise<sqlite3.Database>;
    destroyRawConnection(connection: unknown): Promise<void>;
  }
}
declare module 'knex/lib/dialects/postgres/index.js' {
  const PostgresClient: new (config: unknown) => unknown;
  export default PostgresClient;
}
