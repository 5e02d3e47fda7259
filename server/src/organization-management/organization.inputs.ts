import { Field, InputType } from 'type-graphql';
import { Feature } from '../access/features';
import { IfPresent, IsName, IsNotNull } from '../validation/input-rules';

export const MAXIMUM_ORGANIZATION_NAME = 200;

@InputType({
  description:
    'What to change about the organization. Fields that are absent stay as they are; null is ' +
    'refused with REQUIRED.',
})
export class UpdateOrganizationInput {
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' })
  @IfPresent()
  @IsName('Name', MAXIMUM_ORGANIZATION_NAME)
  name?: string;

  @Field(() => [Feature], {
    nullable: true,
    description: 'All features that are then on; those that the list lacks are turned off.',
  })
  @IsNotNull('Features')
  features?: Feature[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether every user must use two-factor authentication; whoever has none sets it up at their ' +
      'next sign-in.',
  })
  @IsNotNull('Require two factor authentication')
  mfaRequired?: boolean;
}
