import '../../../platform/browser/zod-setup.ts';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startSpeaking } from '../../../platform/browser/i18n.ts';
import { restoreTheme } from '../../../platform/browser/theme.ts';
import { App } from './App.tsx';
import { loadCatalogue } from './catalogues.ts';

restoreTheme();
await startSpeaking(loadCatalogue);

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no element #app');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
