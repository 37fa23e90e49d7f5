import { messageOf } from './io.js';

/** Node's code of an error of the system, such as ENOENT. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const READING: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file.',
  EACCES: 'The file may not be read.',
  EPERM: 'The file may not be read.',
  EISDIR: 'This is a folder.',
  ELOOP: 'The links lead in a circle.',
};

/** Why reading a file failed. */
export const readReasonOf = (error: unknown): string => READING[codeOf(error) ?? ''] ?? messageOf(error);

const WRITING: Readonly<Record<string, string>> = {
  EACCES: 'It is read-only, or its folder is.',
  EPERM: 'It is read-only, or its folder is.',
  EROFS: 'The file system is read-only.',
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
  EFBIG: 'It would become larger than files may be here.',
  EISDIR: 'It is a folder.',
  ENOENT: 'It was deleted while it was being checked.',
  ELOOP: 'The links lead in a circle.',
};

/** Why writing a file failed. */
export const writeReasonOf = (error: unknown): string => WRITING[codeOf(error) ?? ''] ?? messageOf(error);
