import { Ctx, Directive, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../request/request-context';
import type { PasswordPolicy } from '../config/config';

@ObjectType('PasswordPolicy', {
  simpleResolvers: true,
  description: 'What a new password must be, beyond a lowercase and an uppercase letter.',
})
class PasswordPolicyType {
  @Field(() => Int, { description: 'The least number of characters (Unicode code points).' })
  minimumLength: number;

  @Field(() => Boolean, { description: 'Whether the most common passwords are refused.' })
  refusesCommon: boolean;

  @Field(() => Boolean, { description: "Whether the user's own name and email are refused in a password." })
  refusesOwnName: boolean;
}

@Resolver()
export class PasswordPolicyResolver {
  @Query(() => PasswordPolicyType, { description: 'The rule for new passwords, for forms that explain it.' })
  @Directive('@public')
  passwordPolicy(@Ctx() { passwordPolicy }: RequestContext): PasswordPolicy {
    return passwordPolicy;
  }
}
