create table shelf (name text);
insert into shelf values ('tea'), ('salt');
