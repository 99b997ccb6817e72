import { render } from 'preact';
import { Booth } from './Booth.tsx';

const place = document.getElementById('booth');
if (place) render(<Booth />, place);
