//! What the server sends without being asked: questions, messages for a person, lines for the log.

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

use super::{Asked, Session};

/// As the protocol counts them.
#[derive(Clone, Copy)]
pub(super) enum MessageType {
    Error = 1,
    Warning = 2,
}

impl Session<'_> {
    pub(super) fn ask(&mut self, method: &str, params: Value, asked: Asked) {
        self.questions += 1;
        let id = RequestId::from(self.questions);
        self.asked.insert(id.clone(), asked);
        self.send(Request::new(id, method.to_owned(), params));
    }

    /// Shows a person something that they should know now.
    pub(super) fn show(&self, kind: MessageType, message: &str) {
        let params = json!({ "type": kind as i32, "message": format!("replylint: {message}") });
        self.send(Notification::new("window/showMessage".to_owned(), params));
    }

    /// Writes something down for whoever looks for it.
    pub(super) fn log(&self, message: &str) {
        let params = json!({ "type": MessageType::Warning as i32, "message": message });
        self.send(Notification::new("window/logMessage".to_owned(), params));
    }

    pub(super) fn send(&self, message: impl Into<Message>) {
        // An editor that is gone closes the other direction, too.
        let _ = self.connection.sender.send(message.into());
    }
}
