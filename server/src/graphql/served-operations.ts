import type { ASTVisitor, ValidationContext } from 'graphql';
import { unservedOperation } from '../errors';

/** Rejects subscriptions as invalid; graphql-js would fail during execution, which counts as a server error. */
export function servedOperations(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(unservedOperation(node));
    },
  };
}
