import type { ASTVisitor, ValidationContext } from 'graphql';
import { unservedOperation } from '../errors';

/** Refuses subscriptions; graphql-js would stumble over them only while executing, as if the fault were ours. */
export function servedOperations(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(unservedOperation(node));
    },
  };
}
