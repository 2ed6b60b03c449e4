import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';

/** Into the app with a fresh session; whatever was known about somebody else is forgotten. */
export function useEnter(): () => void {
  const cache = useQueryClient();
  const router = useRouter();
  return () => {
    cache.clear();
    router.history.replace('/');
  };
}
