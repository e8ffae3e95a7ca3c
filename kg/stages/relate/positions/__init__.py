"""Where actors stand: `claims` yields positions from the words that tell a stance (`stances`) and whose it is."""
