FROM localhost/dockwright-onbuild
