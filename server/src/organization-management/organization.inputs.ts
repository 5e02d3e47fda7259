import { IsOptional } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { Feature } from '../access/features';
import { IsPhoneCountry } from '../users/user-fields';
import { IfPresent, IsName, IsNotNull } from '../validation/input-rules';

export const MAXIMUM_ORGANIZATION_NAME = 200;

@InputType({
  description:
    'What to change about the organization. Fields that are absent stay as they are; null is ' +
    'refused with REQUIRED, except where it has a meaning.',
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

  @Field(() => String, {
    nullable: true,
    description:
      'The country whose local phone numbers are understood from now on, by its code of two letters (ISO 3166-1); ' +
      'null: local numbers are kept as they are given.',
  })
  @IsOptional()
  @IsPhoneCountry('Country of local phone numbers')
  phoneCountry?: string | null;
}
