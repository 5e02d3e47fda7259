import type { QueryRunner, TableColumnOptions, TableForeignKeyOptions } from 'typeorm';

/** Compares bytes, so that no result depends on a collation; a server may default to latin1 otherwise. */
const MYSQL_TABLE_OPTIONS = 'InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';

/** The column types of a migration, as the engine that it runs on names them. */
export function tableColumns(queryRunner: QueryRunner) {
  const isMysql = queryRunner.dataSource.options.type !== 'better-sqlite3';
  const integer = isMysql ? 'int' : 'integer';
  return {
    tableOptions: isMysql ? MYSQL_TABLE_OPTIONS : undefined,
    id: (): TableColumnOptions => ({
      name: 'id',
      type: integer,
      isPrimary: true,
      isGenerated: true,
      generationStrategy: 'increment',
    }),
    integer: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
      name,
      type: integer,
      ...options,
    }),
    varchar: (
      name: string,
      length: number,
      options: Partial<TableColumnOptions> = {},
    ): TableColumnOptions => ({
      name,
      type: 'varchar',
      length: String(length),
      ...options,
    }),
    text: (name: string): TableColumnOptions => ({ name, type: 'text' }),
    boolean: (name: string): TableColumnOptions => ({ name, type: isMysql ? 'tinyint' : 'boolean' }),
    datetime: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
      name,
      type: 'datetime',
      precision: 3,
      ...options,
    }),
  };
}

/** Names NO ACTION, because MariaDB reports RESTRICT by default and TypeORM would then see a difference. */
export function foreignKey(
  name: string,
  column: string,
  table: string,
  onDelete: 'NO ACTION' | 'CASCADE' = 'NO ACTION',
): TableForeignKeyOptions {
  return {
    name,
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    onDelete,
    onUpdate: 'NO ACTION',
  };
}
