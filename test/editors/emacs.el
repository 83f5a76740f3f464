;;; emacs.el --- drives Emacs with Eglot -*- lexical-binding: t -*-

;; The recipe of docs/other-editors.md is its configuration. Prints a line for each check;
;; scripts/editor-tests.mjs counts them. Emacs 28 with Eglot 1.9, and newer ones.

(require 'cl-lib)
(require 'flymake)

(defconst limit-s 20)

(defun report (ok name &optional detail)
  (princ (format "%s - %s%s\n" (if ok "ok" "not ok") name (if ok "" (format ": %S" detail)))
         #'external-debugging-output)
  ;; The rest would only wait for it.
  (unless ok (throw 'stop nil)))

(defun check (name condition seen)
  "Wait for CONDITION; SEEN says what there was instead."
  (let ((end (+ (float-time) limit-s)) ok)
    (while (and (not (setq ok (funcall condition))) (< (float-time) end))
      ;; What an idle timer does when nobody types.
      (when eglot--managed-mode (eglot--signal-textDocument/didChange))
      (sit-for 0.05)
      (flymake-start))
    (report ok name (funcall seen))))

(defun shown ()
  "LINE:COLUMN of each diagnostic, counted from 1 in characters, and the text that tells the rule."
  (sort (mapcar (lambda (each)
                  (save-excursion
                    (goto-char (flymake-diagnostic-beg each))
                    (format "%d:%d %s" (line-number-at-pos) (1+ (- (point) (line-beginning-position)))
                            (let ((text (flymake-diagnostic-text each)))
                              (when (string-match "\\[\\([a-z/-]+\\)\\]" text) (match-string 1 text))))))
                (flymake-diagnostics))
        #'string<))

(defun shows (&rest wanted)
  (lambda () (equal (shown) wanted)))

(defun choose (title)
  "Apply the code action at point whose title has TITLE in it."
  (let (offered
        ;; As after a key: otherwise the menu is one for the mouse.
        (last-nonmenu-event ?a))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt collection &rest _)
                 (setq offered (all-completions "" collection))
                 (or (cl-find-if (lambda (each) (string-search title each)) offered)
                     (error "Offered were: %S" offered)))))
      (call-interactively #'eglot-code-actions))
    (report (cl-some (lambda (each) (string-search title each)) offered) (concat "offers: " title) offered)))

(defun body ()
  (find-file "app.js")
  ;; There are no commands after which a hook would run.
  (run-hooks 'post-command-hook)
  (check "shows findings where they are, also behind other letters"
         (shows "2:45 transport/tls-verify-off" "3:17 injection/eval-dynamic") #'shown)
  (goto-char (point-min))
  (search-forward "rejectUn")
  (choose "Check certificates")
  (report (not (string-search "rejectUnauthorized" (buffer-string))) "applies a fix" (buffer-string))
  (check "takes back what was fixed" (shows "3:17 injection/eval-dynamic") #'shown)
  (goto-char (point-min))
  (search-forward "+ ev")
  (choose "for this line")
  (check "asks for the reason of a suppression"
         (shows "3:1 suppression/no-reason" "4:17 injection/eval-dynamic") #'shown)
  (goto-char (point-min))
  (search-forward "-- ")
  (insert "run by its author only")
  (check "suppresses with a reason" (shows) #'shown)
  (save-buffer)
  (report (equal (buffer-string) (with-temp-buffer (insert-file-contents "app.js") (buffer-string))) "saves it")
  (find-file "other.js")
  (run-hooks 'post-command-hook)
  (check "shows what the configuration of the root leaves" (shows "1:1 injection/eval-dynamic") #'shown)
  (with-temp-file ".countersignrc.json" (insert "{ \"ignore\": [\"other.js\"] }"))
  (set-buffer-modified-p t)
  (save-buffer)
  (check "reads the configuration again" (shows) #'shown)
  (with-temp-file ".countersignrc.json" (insert "{}"))
  (set-buffer-modified-p t)
  (save-buffer)
  (check "and again" (shows "1:1 injection/eval-dynamic") #'shown)
  (setq-default eglot-workspace-configuration '(:countersign (:enable :json-false)))
  (eglot-signal-didChangeConfiguration (eglot-current-server))
  (check "obeys settings" (shows) #'shown)
  (eglot-shutdown (eglot-current-server)))

(defun main ()
  (catch 'stop
    (condition-case problem
        (body)
      (error (report nil "no error of the test" problem))))
  (kill-emacs 0))

;; Files are watched, and questions asked, in the command loop only.
(run-with-timer 0 nil #'main)
