declare module 'knex/lib/dialects/sqlite3/index.js' {
  export default class SqliteClient {
    constructor(config: unknown);
    transaction(...args: unknown[]): {
      begin: (connection: unknown) => unknown;
    };
    destroyRawConnection(connection: unknown): Promise<void>;
  }
}
declare module 'knex/lib/dialects/postgres/index.js' {
  const PostgresClient: new (config: unknown) => unknown;
  export default PostgresClient;
}
