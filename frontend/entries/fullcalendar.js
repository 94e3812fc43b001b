import "fullcalendar/skeleton.css";
import "fullcalendar/themes/classic/theme.css";
import "fullcalendar/themes/classic/palette.css";
import "temporal-polyfill/global";
import { Calendar } from "fullcalendar";
import dayGrid from "fullcalendar/daygrid";
import multiMonth from "fullcalendar/multimonth";
import ru from "fullcalendar/locales/ru";
import theme from "fullcalendar/themes/classic";

window.FullCalendar = { Calendar, plugins: [theme, dayGrid, multiMonth], locale: ru };
