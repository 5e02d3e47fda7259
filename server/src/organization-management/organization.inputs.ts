import { Field, InputType } from 'type-graphql';
import { Feature } from '../access/features';
import { IfPresent, IsName, IsNotNull } from '../validation/input-rules';

export const MAXIMUM_ORGANIZATION_NAME = 200;

@InputType({ description: 'Fields that are absent stay as they are.' })
export class UpdateOrganizationInput {
  @Field(() => String, { nullable: true })
  @IfPresent()
  @IsName('Name', MAXIMUM_ORGANIZATION_NAME)
  name?: string;

  @Field(() => [Feature], { nullable: true, description: 'All that are then on.' })
  @IsNotNull('Features')
  features?: Feature[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Everybody without a second factor sets one up at their next sign-in.',
  })
  @IsNotNull('Require two factor authentication')
  mfaRequired?: boolean;
}
