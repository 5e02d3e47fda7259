import { GraphQLError, Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext } from 'graphql';

/** Deep enough for the introspection query, whose type references nest. */
const MAXIMUM_DEPTH = 15;
const MAXIMUM_ALIASES = 30;
const MAXIMUM_ROOT_FIELDS = 20;
const MAXIMUM_DIRECTIVES = 50;

/** Refuses documents that ask for far more than any client needs. ASVS 4.3.1. */
export function queryLimits(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  let directives = 0;
  let depth = 0;
  const refuse = (what: string) => {
    context.reportError(
      new GraphQLError(`The query is too complex: ${what}.`, { extensions: { code: 'QUERY_TOO_COMPLEX' } }),
    );
  };
  return {
    Field(node) {
      if (node.alias) aliases += 1;
      if (aliases === MAXIMUM_ALIASES + 1) refuse(`more than ${MAXIMUM_ALIASES} aliases`);
    },
    Directive() {
      directives += 1;
      if (directives === MAXIMUM_DIRECTIVES + 1) refuse(`more than ${MAXIMUM_DIRECTIVES} directives`);
    },
    OperationDefinition(node) {
      if (countFields(node.selectionSet) > MAXIMUM_ROOT_FIELDS) {
        refuse(`more than ${MAXIMUM_ROOT_FIELDS} fields at the root`);
      }
    },
    SelectionSet: {
      enter() {
        depth += 1;
        if (depth === MAXIMUM_DEPTH + 1) refuse(`more than ${MAXIMUM_DEPTH} levels deep`);
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
