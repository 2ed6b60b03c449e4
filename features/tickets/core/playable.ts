/** Films and recordings that browsers play by themselves. */
const PLAYABLE = new Set(['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime', 'audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/ogg', 'audio/wav', 'audio/x-wav', 'audio/webm', 'audio/flac']);

export const isPlayable = (contentType: string): boolean => PLAYABLE.has(contentType);
