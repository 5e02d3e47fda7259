import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import type { User } from '../users/user.entity';

@Entity('session')
@Index('ix_session_user', ['userId', 'endedAt'])
@Index('ix_session_expires', ['expiresAt'])
export class Session {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'int' })
  userId: number;

  // The entity is given by its name, because this folder must not import users.
  @ManyToOne('User', { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_session_user' })
  user: Relation<User>;

  /** Random, so that no refresh token is valid for another session that got the same id after a restore. */
  @Column({ type: 'varchar', length: 32 })
  refreshSeed: string;

  /** How often the refresh token has been renewed. */
  @Column({ type: 'int' })
  refreshGeneration: number;

  @Column({ type: 'datetime', precision: 3 })
  refreshedAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt: Date | null;

  @Column({ type: 'varchar', length: 45 })
  address: string;

  @Column({ type: 'varchar', length: 400 })
  userAgent: string;
}
