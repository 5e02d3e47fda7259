import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildRolecallSchema } from './schema';
import { schemaDocument } from './schema-document';

const HEADER = '# Written by `npm run build:schema`. Do not edit.\n\n';
writeFileSync(resolve('schema.graphql'), `${HEADER}${schemaDocument(buildRolecallSchema())}`);
