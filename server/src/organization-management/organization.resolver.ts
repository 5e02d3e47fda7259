import { Arg, Ctx, Directive, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { SignedInContext } from '../request/request-context';
import { MutationPayload } from '../errors';
import { Organization } from '../organizations/organization.entity';
import { UpdateOrganizationInput } from './organization.inputs';
import { updateOrganization } from './update-organization';

@ObjectType({ implements: MutationPayload, simpleResolvers: true })
class UpdateOrganizationPayload extends MutationPayload {
  @Field(() => Organization, { nullable: true })
  readonly organization?: Organization;
}

@Resolver(() => Organization)
export class OrganizationResolver {
  @Mutation(() => UpdateOrganizationPayload, {
    nullable: true,
    description: "Changes the settings of the viewer's organization that are given.",
  })
  @Directive('@auth(requires: MANAGE_ORGANIZATION)')
  updateOrganization(
    @Arg('input', () => UpdateOrganizationInput) input: UpdateOrganizationInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ organization: Organization }> {
    return updateOrganization(context, input);
  }
}
