import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import { mount } from 'svelte';
import { Api } from './api';
import App from './App.svelte';
import { Desk } from './desk.svelte';

const api = new Api((url, init) => fetch(url, init), 'v1');
const desk = new Desk(api, localStorage, 'v1/events');
const target = document.getElementById('desk');
if (target) void desk.prepare().then(() => mount(App, { target, props: { desk } }));
