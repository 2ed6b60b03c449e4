/** Pixels. Faces are drawn at most 40 wide, on screens with up to three dots for each. */
const SIDE = 192;
const QUALITY = 0.85;

/** The middle of a picture, small and drawn anew, so that nothing of its file is left; null for what is no picture. */
export async function squareOf(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (!picture || !pen) return null;
  const side = Math.min(picture.width, picture.height);
  [canvas.width, canvas.height] = [SIDE, SIDE];
  // What can be seen through would be black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, SIDE, SIDE);
  pen.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  const drawn = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/jpeg', QUALITY); });
  // Whatever else it is, its bytes say.
  return drawn && new Blob([drawn], { type: 'application/octet-stream' });
}
