;;; Drives Emacs's eglot, and writes what a person would have seen as JSON to $SEEN.  -*- lexical-binding: t -*-
(package-initialize)
(require 'eglot)
(require 'json)
(require 'cl-lib)

(define-derived-mode dockerfile-mode prog-mode "Dockerfile")
(defvar steps nil)
(defvar found nil "The diagnostics that were sent last.")
(defvar shown nil "The messages, the last one first.")
(defun step (name value) (push (cons name value) steps))

(defun wait (what is-there)
  (let ((end (+ (float-time) 20)))
    (while (not (funcall is-there))
      (when (> (float-time) end) (error "waited in vain for %s, with %S" what (codes)))
      ;; Not `accept-process-output': files that have changed are told like keys.
      (sit-for 0.05))))

;; What flymake shows is drawn by timers of an editor that waits for keys: this is what it is given.
(cl-defmethod eglot-handle-notification :after
  (_server (_method (eql textDocument/publishDiagnostics)) &key uri diagnostics &allow-other-keys)
  (when (string-suffix-p "/Dockerfile" uri) (setq found (append diagnostics nil))))
(cl-defmethod eglot-handle-notification :after
  (_server (_method (eql window/showMessage)) &key message &allow-other-keys)
  (push message shown))

(defun codes () (mapcar (lambda (one) (plist-get one :code)) found))
(defun has (code) (member code (codes)))
(defun text () (buffer-substring-no-properties (point-min) (point-max)))
(defun at (code)
  (eglot--lsp-position-to-point
   (plist-get (plist-get (cl-find code found :key (lambda (one) (plist-get one :code)) :test #'equal) :range) :start)))

(defun act (title place kinds)
  "Runs the action that begins with TITLE at PLACE, as the menu does."
  (let* ((params (list :textDocument (eglot--TextDocumentIdentifier)
                       :range (list :start (eglot--pos-to-lsp-position place) :end (eglot--pos-to-lsp-position place))
                       :context (append (list :diagnostics []) (when kinds (list :only (vector kinds))))))
         (actions (append (jsonrpc-request (eglot--current-server-or-lose) :textDocument/codeAction params) nil))
         (action (cl-find-if (lambda (one) (string-prefix-p title (plist-get one :title))) actions)))
    (unless action (error "no action %s in %S" title (mapcar (lambda (one) (plist-get one :title)) actions)))
    (if (plist-get action :edit)
        (eglot--apply-workspace-edit (plist-get action :edit))
      (let ((command (plist-get action :command)))
        (eglot-execute-command (eglot--current-server-or-lose)
                               (intern (plist-get command :command)) (plist-get command :arguments))))))

;; It asks before it opens a file for an edit.
(fset 'y-or-n-p (lambda (&rest _) t))

(defun run ()
  (let ((folder (file-name-as-directory (getenv "FOLDER"))))
    (setq eglot-confirm-server-initiated-edits nil)
    (add-to-list 'eglot-server-programs
                 (list 'dockerfile-mode (getenv "NODE") (getenv "SERVER") "lsp" "--stdio"))
    (find-file (concat folder "Dockerfile"))
    (dockerfile-mode)
    ;; It connects after the command, of which there is none here.
    (eglot-ensure)
    (run-hooks 'post-command-hook)
    (wait "ShellCheck" (lambda () (has "SC2086")))
    (step 'found (vconcat (codes)))
    (let ((place (at "apt-get-install-without-yes")))
      (step 'emoji (buffer-substring-no-properties place (+ place 15)))
      (act "Add -y" place nil)
      (step 'fixed (text))
      (eglot--signal-textDocument/didChange)
      (act "Explain" place nil)
      (wait "the explanation" (lambda () shown))
      (step 'explained (car shown)))
    (act "Fix all safe problems" (point-min) nil)
    (step 'fixedAll (text))
    (eglot--signal-textDocument/didChange)
    (wait "the USER" (lambda () (has "final-stage-runs-as-root")))
    (with-temp-file (concat folder ".dockwright.yaml") (insert "ignore: [final-stage-runs-as-root]\n"))
    (wait "the configuration" (lambda () (not (has "final-stage-runs-as-root"))))
    (delete-file (concat folder ".dockwright.yaml"))
    (wait "its end" (lambda () (has "final-stage-runs-as-root")))
    (act "Harden" (point-min) "source.harden.dockwright")
    (wait "Harden" (lambda () (string-match-p "^USER " (text))))
    (step 'hardened (text))
    (eglot-execute-command (eglot--current-server-or-lose) 'dockwright.server.createDockerignore
                           (vector (eglot--path-to-uri (concat folder "Dockerfile"))))
    (wait "the .dockerignore"
          (lambda () (when-let ((buffer (find-buffer-visiting (concat folder ".dockerignore"))))
                       (with-current-buffer buffer (string-match-p "\\.env" (text))))))
    (step 'ignored t)))

(defun main ()
  (let ((problem (condition-case problem (progn (run) nil) (error (error-message-string problem)))))
    (with-temp-file (getenv "SEEN")
      (insert (json-encode (append (when problem (list (cons 'problem problem))) (list (cons 'steps steps)))))))
  (kill-emacs))

;; Not at once: a daemon is still starting.
(run-with-timer 0 nil #'main)
