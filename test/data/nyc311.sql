-- load: animal animal_complaints_2025.csv
-- load: day day_2022_05_01.csv
-- load: rodents rodents_2018_01.csv
-- plan: 0
SELECT 1;
