import { Arg, Ctx, Directive, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { SignedInContext } from '../request/request-context';
import { MutationPayload } from '../errors';
import { Organization } from '../organizations/organization.entity';
import { UpdateOrganizationInput } from './organization.inputs';
import { updateOrganization } from './update-organization';

@ObjectType({
  implements: MutationPayload,
  simpleResolvers: true,
  description: 'The result of updateOrganization.',
})
class UpdateOrganizationPayload extends MutationPayload {
  @Field(() => Organization, {
    nullable: true,
    description: 'The organization after the change; null when the mutation was refused.',
  })
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
    @Arg('input', () => UpdateOrganizationInput, { description: 'The settings to change.' })
    input: UpdateOrganizationInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ organization: Organization }> {
    return updateOrganization(context, input);
  }
}
