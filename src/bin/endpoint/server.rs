//! The network: connections on the loopback interface, each bounded in time and size. Knows nothing of API Gateway.

use super::http::{Body, Fault, Head, Length, read_head, written};
use stagecraft::{
    civil_time::CivilTime,
    data_plane::LARGEST_BODY,
    entities::Timestamp,
    host::{Answer, Front, Incoming},
};
use std::{
    cell::RefCell,
    future::poll_fn,
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::Pin,
    rc::Rc,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{
    io::AsyncWrite as _,
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::LocalSet,
    time::{Instant, sleep, timeout, timeout_at},
};

/// The time and room that one client may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// For a request's head to come in, and for the next request of a connection to begin.
    pub(crate) head: Duration,
    /// For a body to come in, and for an answer to be taken.
    pub(crate) body: Duration,
    /// For a connection to live, after which it ends with its next answer.
    pub(crate) connection: Duration,
    /// For a client to hang up after its last answer.
    pub(crate) farewell: Duration,
    /// Connections at one time; the next ones wait.
    pub(crate) connections: usize,
}

impl Bounds {
    pub(crate) const USUAL: Self = Self {
        head: Duration::from_secs(20),
        body: Duration::from_secs(30),
        connection: Duration::from_secs(300),
        farewell: Duration::from_secs(10),
        connections: 256,
    };
}

/// Bytes of a body that are read and thrown away once there are too many, so that its sender gets to hear of it.
const DRAINED: usize = 64 * 1024 * 1024;

/// Listens on the loopback interface, on both of its addresses when the machine has both. With port 0 any port will do.
///
/// # Errors
/// The port is taken, or there is no loopback interface.
pub(crate) fn listen(port: u16) -> io::Result<Vec<std::net::TcpListener>> {
    let first = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let port = first.local_addr()?.port();
    let mut listeners = vec![first];
    match std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(second) => listeners.push(second),
        // Somebody else would get half of the requests to `localhost`.
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
        Err(_) => {} // A machine without IPv6.
    }
    Ok(listeners)
}

/// Serves until the process ends. Everything happens in one thread: requests are answered one after the other, in the order
/// in which they were complete.
///
/// # Errors
/// The listeners cannot be used.
pub(crate) fn serve(listeners: Vec<std::net::TcpListener>, bounds: Bounds, front: Front) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let front = Rc::new(RefCell::new(front));
    let places = Arc::new(Semaphore::new(bounds.connections));
    let local = LocalSet::new();
    local.block_on(&runtime, async move {
        let mut last = None;
        for listener in listeners {
            listener.set_nonblocking(true)?;
            let listener = TcpListener::from_std(listener)?;
            last = Some(tokio::task::spawn_local(accept(listener, bounds, front.clone(), places.clone())));
        }
        match last {
            Some(task) => task.await.map_err(io::Error::other),
            None => Ok(()),
        }
    })
}

async fn accept(listener: TcpListener, bounds: Bounds, front: Rc<RefCell<Front>>, places: Arc<Semaphore>) {
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, from)) if is_near(from) => {
                let front = front.clone();
                tokio::task::spawn_local(async move {
                    converse(stream, bounds, front).await;
                    drop(place);
                });
            }
            Ok(_) => {}
            // Mostly too many open files: it passes when connections end.
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    }
}

/// Tells whether a client is on this machine. Nobody else can connect to the loopback interface; said once more where it counts.
fn is_near(from: SocketAddr) -> bool {
    from.ip().is_loopback()
}

/// Serves one connection, from its first request to its last. One that breaks is its client's affair.
async fn converse(stream: TcpStream, bounds: Bounds, front: Rc<RefCell<Front>>) {
    let end = Instant::now() + bounds.connection;
    let mut link = Link { stream, buffer: Vec::new() };
    loop {
        if link.buffer.is_empty() {
            // Between two requests a connection may end at any time.
            let first = timeout_at(end.min(Instant::now() + bounds.head), link.fill()).await;
            if !matches!(first, Ok(Ok(1..))) {
                return;
            }
        }
        let (answer, is_head, stays) = match timeout(bounds.head, link.head()).await {
            Ok(Ok(Ok(head))) => {
                let (is_head, asked_to_stay) = (head.verb == "HEAD", head.stays);
                let Some((answer, was_read)) = respond(&mut link, head, bounds, &front).await else { return };
                (answer, is_head, asked_to_stay && was_read && Instant::now() < end)
            }
            Ok(Ok(Err(fault))) => (fault.answer(), false, false),
            _ => return,
        };
        let bytes = written(answer, is_head, stays, &CivilTime::from_epoch_ms(now().0).http_date());
        if !matches!(timeout(bounds.body, link.send(&bytes)).await, Ok(Ok(()))) {
            return;
        }
        if !stays {
            let _ = timeout(bounds.farewell, link.farewell()).await;
            return;
        }
    }
}

/// Reads the body of a request and answers it; says whether all of the request was read. `None` when the client is gone.
async fn respond(link: &mut Link, head: Head, bounds: Bounds, front: &RefCell<Front>) -> Option<(Answer, bool)> {
    Some(match timeout(bounds.body, link.body(&head)).await {
        Ok(Ok(Ok((body, was_read)))) => {
            let Head { verb, authority, uri, headers, .. } = head;
            let incoming = Incoming { verb, authority, uri, headers, body };
            (front.borrow_mut().answer(incoming, now()), was_read)
        }
        Ok(Ok(Err(fault))) => (fault.answer(), false),
        Ok(Err(_)) => return None,
        Err(_) => (Answer::own(408, "too-slow", "The body took too long."), false),
    })
}

/// A connection, and what came in over it that is not read yet.
struct Link {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Link {
    /// Waits for more bytes; none means that the client has said all.
    async fn fill(&mut self) -> io::Result<usize> {
        loop {
            self.stream.readable().await?;
            let mut piece = [0; 16 * 1024];
            match self.stream.try_read(&mut piece) {
                Ok(count) => {
                    self.buffer.extend_from_slice(piece.get(..count).unwrap_or_default());
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Waits for more bytes, which have to come.
    async fn more(&mut self) -> io::Result<()> {
        match self.fill().await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    /// Reads the head of a request.
    async fn head(&mut self) -> io::Result<Result<Head, Fault>> {
        loop {
            match read_head(&self.buffer) {
                Ok(Some((head, used))) => {
                    self.buffer.drain(..used);
                    return Ok(Ok(head));
                }
                Ok(None) => self.more().await?,
                Err(fault) => return Ok(Err(fault)),
            }
        }
    }

    /// Reads a body, up to one byte more than API Gateway takes, which is enough to be refused; says whether it came to its end.
    /// Of a client that asks before it sends a body, and says how long that will be, one that is too long is never read: blanks
    /// stand in for it.
    async fn body(&mut self, head: &Head) -> io::Result<Result<(Vec<u8>, bool), Fault>> {
        if head.asks && matches!(head.length, Length::Bytes(count) if count > LARGEST_BODY as u64) {
            return Ok(Ok((vec![b' '; LARGEST_BODY + 1], false)));
        }
        let mut body = Body::new(head.length);
        if head.asks && !body.is_done() {
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        let (mut kept, mut drained) = (Vec::new(), 0);
        while !body.is_done() && drained < DRAINED {
            match body.next(&self.buffer) {
                Ok(Some(piece)) => {
                    let room = (LARGEST_BODY + 1).saturating_sub(kept.len()).min(piece.data);
                    let start = piece.used - piece.data;
                    kept.extend_from_slice(self.buffer.get(start..start + room).unwrap_or_default());
                    drained += piece.data - room;
                    self.buffer.drain(..piece.used);
                }
                Ok(None) => self.more().await?,
                Err(fault) => return Ok(Err(fault)),
            }
        }
        Ok(Ok((kept, body.is_done())))
    }

    /// Sends all of these bytes.
    async fn send(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.stream.writable().await?;
            match self.stream.try_write(bytes) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Says that nothing more will come, and lets the client finish: who hangs up on a client that still sends takes the last
    /// answer away from it.
    async fn farewell(&mut self) -> io::Result<()> {
        poll_fn(|context| Pin::new(&mut self.stream).poll_shutdown(context)).await?;
        let mut drained = 0;
        while drained < DRAINED {
            self.buffer.clear();
            match self.fill().await? {
                0 => break,
                count => drained += count,
            }
        }
        Ok(())
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Bounds, listen, serve};
    use serde_json::{Value, json};
    use stagecraft::{entities::Region, host::Front};
    use std::{
        io::{Read as _, Write as _},
        net::{SocketAddr, TcpStream},
        time::Duration,
    };

    const SHORT: Duration = Duration::from_millis(200);

    /// Returns a server with these bounds, for as long as the tests run.
    fn start(bounds: Bounds) -> SocketAddr {
        let listeners = listen(0).expect("a free port");
        let address = listeners[0].local_addr().expect("an address");
        std::thread::spawn(move || serve(listeners, bounds, Front::new(1, Region::default())));
        address
    }

    fn connect(address: SocketAddr) -> TcpStream {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        stream
    }

    /// Sends bytes and reads until the server hangs up, which it must.
    fn exchange(address: SocketAddr, request: &[u8]) -> String {
        let mut stream = connect(address);
        // The server may hang up before all is sent.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        if let Err(error) = stream.read_to_end(&mut answer) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "the server did not hang up");
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    const GET: &str = "GET /restapis HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

    fn status(answer: &str) -> &str {
        answer.split(' ').nth(1).unwrap_or_default()
    }

    #[test]
    fn what_is_no_http_is_refused_and_the_next_one_is_served() {
        let address = start(Bounds { head: SHORT, ..Bounds::USUAL });
        let long = format!("GET /{} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "a".repeat(70_000));
        let many = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n{}\r\n", "a: b\r\n".repeat(300));
        let rows: [(&str, &str); 11] = [
            ("hello\r\n\r\n", "400"),
            ("\0\0\0\0\r\n\r\n", "400"),
            ("GET / HTTP/9.9\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", "400"),
            ("POST /restapis HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n", "400"),
            ("POST /restapis HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"),
            (&long, "414"),
            (&many, "431"),
            ("POST /restapis HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: gzip\r\n\r\n", "501"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400"),
        ];
        for (request, expected) in rows {
            let answer = exchange(address, request.as_bytes());
            assert_eq!(status(&answer), expected, "{request:.60}: {answer}");
            assert_eq!(status(&exchange(address, GET.as_bytes())), "200");
        }
    }

    #[test]
    fn a_slow_client_is_let_go_and_does_not_hold_up_others() {
        let bounds = Bounds { head: SHORT, body: SHORT, connection: SHORT * 4, farewell: SHORT, connections: 2 };
        let address = start(bounds);
        // Two that say nothing take both places; the third waits until they are let go.
        let silent = [connect(address), connect(address)];
        assert_eq!(status(&exchange(address, GET.as_bytes())), "200");
        drop(silent);
        assert_eq!(exchange(address, b"GET / HTTP/1.1\r\nHost:"), "");
        let half = "POST /restapis HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{";
        assert_eq!(status(&exchange(address, half.as_bytes())), "408");
    }

    #[test]
    fn a_connection_takes_many_requests_and_ends_in_time() {
        let address = start(Bounds { connection: SHORT, ..Bounds::USUAL });
        let request = GET.replace("Connection: close\r\n", "");
        let answers = exchange(address, request.repeat(3).as_bytes());
        assert_eq!(answers.matches("HTTP/1.1 200").count(), 3, "{answers}");
    }

    #[test]
    fn a_body_in_chunks_is_followed_by_the_next_request() {
        let address = start(Bounds::USUAL);
        let first = GET.replace("GET", "POST").replace("Connection: close", "Transfer-Encoding: chunked");
        let chunks = "8\r\n{\"name\":\r\n4\r\n\"a\"}\r\n0\r\n\r\n";
        let answers = exchange(address, format!("{first}{chunks}{GET}").as_bytes());
        assert!(answers.starts_with("HTTP/1.1 201 Created\r\n"), "{answers}");
        assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 1, "{answers}");
    }

    #[test]
    fn a_body_of_more_than_ten_megabytes_is_refused_with_a_sentence() {
        let address = start(Bounds::USUAL);
        let mut request = b"POST /restapis HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n".to_vec();
        request.extend_from_slice(b"Content-Length: 12000000\r\n\r\n");
        request.resize(request.len() + 12_000_000, b' ');
        let answer = exchange(address, &request);
        assert_eq!(status(&answer), "400", "{answer}");
        assert!(answer.contains("ValidationException") || answer.contains("length less than or equal"), "{answer}");
    }

    #[test]
    fn a_client_that_asks_first_need_not_send_a_body_that_is_too_large() {
        let address = start(Bounds::USUAL);
        let ask = |length: &str, body: &str| {
            let head = GET.replace("GET", "POST").replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n");
            exchange(address, format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes())
        };
        let answer = ask("99999999999", "");
        assert_eq!(status(&answer), "400", "{answer}");
        assert!(answer.contains("length less than or equal"), "{answer}");
        let answer = ask("12", "{\"name\":\"a\"}");
        assert!(answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 "), "{answer}");
    }

    #[test]
    fn head_tells_a_length_and_sends_no_body() {
        let address = start(Bounds::USUAL);
        let answer = exchange(address, GET.replace("GET /restapis", "HEAD /").as_bytes());
        assert_eq!(status(&answer), "200");
        assert!(answer.to_ascii_lowercase().contains("content-length: ") && answer.ends_with("\r\n\r\n"), "{answer}");
    }

    /// Makes an API whose `GET /` answers with a template and headers, and deploys it to `dev`; its id.
    fn deployed(address: SocketAddr, template: &str, headers: &[(&str, &str)]) -> String {
        let send = |verb: &str, path: &str, body: Value| {
            let (head, body) = (GET.replace("GET /restapis", &format!("{verb} {path}")), body.to_string());
            let head = head.replace("\r\n\r\n", &format!("\r\nContent-Length: {}\r\n\r\n", body.len()));
            let answer = exchange(address, format!("{head}{body}").as_bytes());
            assert_eq!(status(&answer), "201", "{path}: {answer}");
            let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
            serde_json::from_str::<Value>(body).expect("JSON")
        };
        let api = send("POST", "/restapis", json!({ "name": "a" }));
        let (id, root) = (api["id"].as_str().expect("an id"), api["rootResourceId"].as_str().expect("an id"));
        let method = format!("/restapis/{id}/resources/{root}/methods/GET");
        let all = |value: fn(&str) -> Value| {
            let pairs = headers.iter().map(|(name, text)| (format!("method.response.header.{name}"), value(text)));
            Value::Object(pairs.collect())
        };
        send("PUT", &method, json!({ "authorizationType": "NONE" }));
        send("PUT", &format!("{method}/responses/200"), json!({ "responseParameters": all(|_| json!(false)) }));
        let mock = json!({ "application/json": "{\"statusCode\": 200}" });
        send("PUT", &format!("{method}/integration"), json!({ "type": "MOCK", "requestTemplates": mock }));
        let answer = json!({
            "responseParameters": all(|text| json!(format!("'{text}'"))),
            "responseTemplates": { "application/json": template },
        });
        send("PUT", &format!("{method}/integration/responses/200"), answer);
        send("POST", &format!("/restapis/{id}/deployments"), json!({ "stageName": "dev" }));
        id.to_owned()
    }

    #[test]
    fn header_names_go_through_as_they_are_written() {
        let address = start(Bounds::USUAL);
        let id = deployed(address, "$input.params().header", &[("X-mIxEd", "a"), ("x-lower", "b")]);
        let lines = "hOST: 127.0.0.1\r\nuser-AGENT: x\r\nX-Amz-Date: y\r\nconnection: close";
        let answer = exchange(address, format!("GET /_invoke/{id}/dev HTTP/1.1\r\n{lines}\r\n\r\n").as_bytes());
        for part in ["\r\nX-mIxEd: a\r\n", "\r\nx-lower: b\r\n", "\r\nContent-Length: "] {
            assert!(answer.contains(part), "{part:?}: {answer}");
        }
        let host = format!("hOST={id}.execute-api.us-east-1.amazonaws.com");
        for part in [&*host, "user-AGENT=x", "X-Amz-Date=y"] {
            assert!(answer.contains(part), "{part:?}: {answer}");
        }
    }

    #[test]
    fn a_url_sent_whole_says_its_host_itself() {
        let address = start(Bounds::USUAL);
        let whole = GET.replace("/restapis", "http://apigateway.eu-west-1.amazonaws.com/restapis");
        assert_eq!(status(&exchange(address, whole.as_bytes())), "200");
        let elsewhere = GET.replace("/restapis", "http://evil.example/restapis");
        assert_eq!(status(&exchange(address, elsewhere.as_bytes())), "421");
    }
}
