import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { lexicographicSortSchema } from 'graphql';
import { buildRolecallSchema } from './schema';

const HEADER = '# Written by `npm run build:schema`. Do not edit.\n\n';
const schema = lexicographicSortSchema(buildRolecallSchema());
writeFileSync(resolve('schema.graphql'), `${HEADER}${printSchemaWithDirectives(schema)}\n`);
