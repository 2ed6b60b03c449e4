import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { encode } from 'jpeg-js';
import type { MainModule } from 'libheif-js/libheif-wasm/libheif.js';

const require = createRequire(import.meta.url);
/** A telephone's largest photo has 48 million. */
const MOST_POINTS = 50_000_000;
/** The longer side of what is shown. */
const LONGEST = 1_600;
const QUALITY = 82;

type Points = { readonly width: number; readonly height: number; readonly stride: number; readonly data: Uint8Array };
type Refusal = { readonly code: unknown };
type Decoded = { readonly channels: readonly (Points & { readonly id: unknown })[] };

const isRefused = (given: object | null): given is Refusal | null => given === null || 'code' in given;

/** The library, silent. */
export async function openHeif(): Promise<MainModule> {
  const open = require('libheif-js/libheif-wasm/libheif.js') as (options: unknown) => MainModule | Promise<MainModule>;
  const wasmBinary = await readFile(require.resolve('libheif-js/libheif-wasm/libheif.wasm'));
  return open({ wasmBinary, print: () => undefined, printErr: () => undefined });
}

/** The main picture of a HEIC file as a JPEG, turned as it is meant to be seen and small enough to be looked at; null for what is none, or too large. */
export function drawHeic(heif: MainModule, bytes: Uint8Array): Uint8Array | null {
  const context = heif.heif_context_alloc();
  if (!context || heif.heif_context_read_from_memory(context, bytes).code !== heif.heif_error_code.heif_error_Ok) return null;
  const handle = heif.heif_js_context_get_primary_image_handle(context) as Parameters<MainModule['heif_image_handle_get_width']>[0] & object;
  if (isRefused(handle)) return null;
  const points = heif.heif_image_handle_get_width(handle) * heif.heif_image_handle_get_height(handle);
  if (points === 0 || points > MOST_POINTS) return null;
  const decoded = heif.heif_js_decode_image2(handle, heif.heif_colorspace.heif_colorspace_RGB, heif.heif_chroma.heif_chroma_interleaved_RGBA) as Decoded | Refusal | null;
  if (isRefused(decoded)) return null;
  const found = decoded.channels.find(({ id }) => id === heif.heif_channel.heif_channel_interleaved);
  if (!found || found.width * found.height > MOST_POINTS || found.data.length < (found.height - 1) * found.stride + found.width * 4) return null;
  return new Uint8Array(encode(made(found), QUALITY).data);
}

/** Smaller, each point the mean of those that it stands for, on white where nothing is. */
function made({ width, height, stride, data }: Points): { width: number; height: number; data: Uint8Array } {
  const by = Math.max(1, Math.max(width, height) / LONGEST);
  const [across, down] = [Math.max(1, Math.floor(width / by)), Math.max(1, Math.floor(height / by))];
  const small = new Uint8Array(across * down * 4);
  for (let y = 0; y < down; y++) {
    const [top, bottom] = [Math.floor(y * by), Math.min(height, Math.max(Math.floor((y + 1) * by), Math.floor(y * by) + 1))];
    for (let x = 0; x < across; x++) {
      const [left, right] = [Math.floor(x * by), Math.min(width, Math.max(Math.floor((x + 1) * by), Math.floor(x * by) + 1))];
      const sums = [0, 0, 0];
      for (let row = top; row < bottom; row++) {
        for (let at = row * stride + left * 4, end = row * stride + right * 4; at < end; at += 4) {
          const alpha = data[at + 3]!;
          for (let colour = 0; colour < 3; colour++) sums[colour]! += (data[at + colour]! * alpha + 255 * (255 - alpha)) / 255;
        }
      }
      const count = (bottom - top) * (right - left);
      const to = (y * across + x) * 4;
      for (let colour = 0; colour < 3; colour++) small[to + colour] = sums[colour]! / count;
      small[to + 3] = 255;
    }
  }
  return { width: across, height: down, data: small };
}
