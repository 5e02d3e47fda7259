import { Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext } from 'graphql';
import { queryTooComplex } from '../errors';

/** Deep enough for the introspection query, whose type references nest. */
const MAXIMUM_DEPTH = 15;
const MAXIMUM_ALIASES = 30;
const MAXIMUM_ROOT_FIELDS = 20;
const MAXIMUM_DIRECTIVES = 50;

/** Refuses documents that ask for far more than any client needs; each limit is told once. ASVS 4.3.1. */
export function queryLimits(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  let directives = 0;
  let depth = 0;
  const told = new Set<string>();
  const refuse = (limit: Parameters<typeof queryTooComplex>[0], maximum: number) => {
    if (told.has(limit)) return;
    told.add(limit);
    context.reportError(queryTooComplex(limit, maximum));
  };
  return {
    Field(node) {
      if (node.alias) aliases += 1;
      if (aliases > MAXIMUM_ALIASES) refuse('aliases', MAXIMUM_ALIASES);
    },
    Directive() {
      directives += 1;
      if (directives > MAXIMUM_DIRECTIVES) refuse('directives', MAXIMUM_DIRECTIVES);
    },
    OperationDefinition(node) {
      if (countFields(node.selectionSet) > MAXIMUM_ROOT_FIELDS) {
        refuse('rootFields', MAXIMUM_ROOT_FIELDS);
      }
    },
    SelectionSet: {
      enter() {
        depth += 1;
        if (depth > MAXIMUM_DEPTH) refuse('depth', MAXIMUM_DEPTH);
      },
      leave() {
        depth -= 1;
      },
    },
  };
}

function countFields({ selections }: SelectionSetNode): number {
  return selections.filter(({ kind }) => kind === Kind.FIELD).length;
}
