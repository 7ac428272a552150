# title ~ site ~ heading ("-": none) | title without the site's name
A Title \| Lantern ~ Lantern ~ - | A Title
A Title - The Lantern ~ Lantern ~ - | A Title
A Title \u{2014} Lantern ~ Lantern.example ~ - | A Title
A Title \u{2013} lantern ~ LANTERN ~ - | A Title
A Title \| Lantern \| by A. Reader ~ Lantern ~ - | A Title
Lantern: A Title ~ Lantern ~ - | A Title
Lantern \| A Title ~ Lantern ~ - | A Title
A Title \| Beacon ~ Lantern ~ - | A Title \| Beacon
A Title \| Notes ~ - ~ A title | A Title
Notes - A Title ~ - ~ A Title | A Title
Chips - and what slips ~ Lantern ~ - | Chips - and what slips
An interview: Lantern ~ Lantern ~ - | An interview: Lantern
A Title-Lantern ~ Lantern ~ - | A Title-Lantern
Lantern ~ Lantern ~ - | Lantern
AI \| AI ~ AI ~ - | AI
A Title \| AI ~ AI ~ - | A Title
