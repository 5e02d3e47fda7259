import type { ASTVisitor, ValidationContext } from 'graphql';
import { queryTooComplex } from '../errors';

/** Enough for the introspection query and every page of the client, too few to overload the parser. */
export const MAXIMUM_TOKENS = 2000;
const MAXIMUM_ALIASES = 30;
const MAXIMUM_DIRECTIVES = 50;

/**
 * Refuses documents that hold far more than any client needs; each limit is told once. ASVS 4.3.1.
 * What depends on fragments and variables is limited by `operationLimits`.
 */
export function queryLimits(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  let directives = 0;
  return {
    Field(node) {
      if (node.alias) aliases += 1;
      // Told when the limit is passed, and not again.
      if (node.alias && aliases === MAXIMUM_ALIASES + 1) {
        context.reportError(queryTooComplex('aliases', MAXIMUM_ALIASES));
      }
    },
    Directive() {
      directives += 1;
      if (directives === MAXIMUM_DIRECTIVES + 1) {
        context.reportError(queryTooComplex('directives', MAXIMUM_DIRECTIVES));
      }
    },
  };
}
