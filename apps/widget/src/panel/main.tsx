import { render } from 'preact';
import { Panel } from './Panel.tsx';
import './panel.css';

const place = document.getElementById('panel');
if (place) render(<Panel />, place);
