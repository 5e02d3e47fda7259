import { DataSource } from 'typeorm';
import { readCommandConfig } from './server/src/config/config';
import { dataSourceOptions } from './server/src/database/data-source';
import { entities } from './server/src/entities';

/** For the TypeORM command line; the service itself opens its database the same way. */
export default new DataSource(dataSourceOptions(readCommandConfig().database, entities));
