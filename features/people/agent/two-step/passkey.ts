import { ApiError } from '../../../../platform/browser/problems.ts';

/** Browsers make passkeys for names, never for bare addresses, and only where the connection is safe. */
export const passkeysHere = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && window.isSecureContext && !/^[\d.]+$|:/.test(location.hostname.replace(/^\[|\]$/g, ''));

type Options = Record<string, unknown>;

export const makePasskey = (options: Options): Promise<object> =>
  asked(async () => (await import('@simplewebauthn/browser')).startRegistration({ optionsJSON: options as never }));

export const answerPasskey = (options: Options): Promise<object> =>
  asked(async () => (await import('@simplewebauthn/browser')).startAuthentication({ optionsJSON: options as never }));

/** Browsers tell little about why: it was closed, took too long, there is none, or it is there already. */
async function asked(ceremony: () => Promise<object>): Promise<object> {
  try {
    return await ceremony();
  } catch (error) {
    const isKnown = error instanceof Error && error.name === 'InvalidStateError';
    throw new ApiError({ status: 0, code: isKnown ? 'passkey.known' : 'passkey.cancelled' });
  }
}
