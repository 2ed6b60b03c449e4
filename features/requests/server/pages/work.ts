/**
 * For the form, while strangers have to prove work: finds the answer while its reader still writes, so that nobody waits. Without
 * script the form goes another way. SHA-256 by hand, since browsers have it on encrypted pages only.
 */
export const WORK = `'use strict';
(() => {
  const form = document.querySelector('form[data-challenge]');
  if (!form) return;
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  const part = (x) => ((x - Math.floor(x)) * 0x100000000) | 0;
  const K = primes.map((p) => part(Math.cbrt(p)));
  const START = primes.slice(0, 8).map((p) => part(Math.sqrt(p)));
  const W = new Int32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));

  function first(text) {
    const length = text.length;
    const blocks = ((length + 8) >> 6) + 1;
    const words = new Int32Array(blocks * 16);
    for (let i = 0; i < length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
    words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
    words[words.length - 1] = length * 8;
    let h = START.slice();
    for (let block = 0; block < words.length; block += 16) {
      for (let i = 0; i < 64; i += 1) {
        if (i < 16) { W[i] = words[block + i]; continue; }
        const a = W[i - 15], b = W[i - 2];
        W[i] = (W[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + W[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, x] = h;
      for (let i = 0; i < 64; i += 1) {
        const one = (x + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        x = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      h = [a, b, c, d, e, f, g, x].map((value, i) => (value + h[i]) | 0);
    }
    return h[0];
  }

  const { challenge, bits } = form.dataset;
  const answer = form.elements.namedItem('answer');
  let at = 0;
  let waiting = false;
  function search() {
    const until = Date.now() + 30;
    while (Date.now() < until) {
      for (let i = 0; i < 200; i += 1, at += 1) {
        if (Math.clz32(first(challenge + ':' + at)) >= Number(bits)) {
          answer.value = String(at);
          if (waiting) form.submit();
          return;
        }
      }
    }
    setTimeout(search, 5);
  }
  form.addEventListener('submit', (event) => {
    if (answer.value !== '') return;
    event.preventDefault();
    waiting = true;
  });
  search();
})();
`;
