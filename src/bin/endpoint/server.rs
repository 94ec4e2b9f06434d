//! The network: connections on the loopback interface, each bounded in time and size. Knows nothing of API Gateway.

use super::{
    answer::Answer,
    front::{Front, Incoming},
};
use http_body_util::{BodyExt as _, Full};
use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Body as _, Bytes, Incoming as IncomingBody},
    header::{HeaderName, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use stagecraft::{data_plane::LARGEST_BODY, entities::Timestamp};
use std::{
    cell::RefCell,
    convert::Infallible,
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::pin,
    rc::Rc,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::LocalSet,
    time::{sleep, timeout},
};

/// What one client may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// For a request's head to come in, and for the next request of a connection to begin.
    pub(crate) head: Duration,
    /// For a body to come in.
    pub(crate) body: Duration,
    /// For a connection to live, after which it ends with its next answer.
    pub(crate) connection: Duration,
    /// For that answer to be taken.
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

/// Bytes of request line and headers that are read. Beyond the 10,240 that API Gateway takes, so that the engine can say so.
const HEAD_BYTES: usize = 64 * 1024;
/// Header lines.
const HEADER_LINES: usize = 200;
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

/// Nobody else can connect to the loopback interface; said once more where it counts.
fn is_near(from: SocketAddr) -> bool {
    from.ip().is_loopback()
}

/// One connection, from its first request to its last.
async fn converse(stream: TcpStream, bounds: Bounds, front: Rc<RefCell<Front>>) {
    let service = service_fn(|request| {
        let front = front.clone();
        async move { Ok::<_, Infallible>(respond(request, bounds, &front).await) }
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.head)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADER_LINES);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    // A connection that breaks is its client's affair.
    if timeout(bounds.connection, connection.as_mut()).await.is_err() {
        connection.as_mut().graceful_shutdown();
        let _ = timeout(bounds.farewell, connection).await;
    }
}

async fn respond(request: Request<IncomingBody>, bounds: Bounds, front: &RefCell<Front>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let is_head = head.method == hyper::Method::HEAD;
    let body = read(body, head.headers.contains_key(hyper::header::EXPECT));
    let answer = match timeout(bounds.body, body).await {
        Ok(Some(body)) => {
            let uri = head.uri.path_and_query().map_or("/", |uri| uri.as_str());
            let incoming = Incoming {
                verb: head.method.as_str().to_owned(),
                authority: head.uri.authority().map(|authority| authority.as_str().to_owned()),
                uri: uri.to_owned(),
                headers: texts(&head.headers),
                body,
            };
            front.borrow_mut().answer(incoming, now())
        }
        Ok(None) => Answer::own(400, "bad-request", "The body ended before its time.").with("Connection", "close"),
        Err(_) => Answer::own(408, "too-slow", "The body took too long.").with("Connection", "close"),
    };
    write(answer, is_head)
}

/// The body, up to one byte more than API Gateway takes, which is enough to be refused. `None` when it breaks off. Of a client that
/// asks before it sends a body, and says how long that will be, one that is too long is never read: blanks stand in for it.
async fn read(mut body: IncomingBody, asks: bool) -> Option<Vec<u8>> {
    if asks && body.size_hint().lower() > LARGEST_BODY as u64 {
        return Some(vec![b' '; LARGEST_BODY + 1]);
    }
    let mut kept = Vec::new();
    let mut drained = 0;
    while !body.is_end_stream() && drained < DRAINED {
        let Some(frame) = body.frame().await else { break };
        let Ok(data) = frame.ok()?.into_data() else { continue };
        let room = (LARGEST_BODY + 1).saturating_sub(kept.len()).min(data.len());
        kept.extend_from_slice(data.get(..room).unwrap_or_default());
        drained += data.len() - room;
    }
    Some(kept)
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// An answer as HTTP. Length and fate of the connection are HTTP's own, except that `HEAD` tells the length of a body that
/// does not come.
fn write(answer: Answer, is_head: bool) -> Response<Full<Bytes>> {
    let answer = match StatusCode::from_u16(answer.status) {
        Ok(status) if !status.is_informational() => answer,
        // A method may ask for any status; these are no last word in HTTP.
        _ => Answer::own(502, "no-such-status", format!("No answer over HTTP has the status {}.", answer.status)),
    };
    let mut response = Response::new(Full::new(Bytes::from(answer.bytes.unwrap_or_else(|| answer.body.into_bytes()))));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_GATEWAY);
    for (name, value) in answer.headers {
        let ours = name.eq_ignore_ascii_case("transfer-encoding")
            || (name.eq_ignore_ascii_case("connection") && value != "close")
            || (name.eq_ignore_ascii_case("content-length") && !is_head);
        // What a template put into a header and HTTP cannot carry is left out.
        let pair = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes()));
        if let ((Ok(name), Ok(value)), false) = (pair, ours) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::{Bounds, listen, serve};
    use crate::front::Front;
    use stagecraft::entities::Region;
    use std::{
        io::{Read as _, Write as _},
        net::{SocketAddr, TcpStream},
        time::Duration,
    };

    const SHORT: Duration = Duration::from_millis(200);

    /// A server with these bounds, for as long as the tests run.
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
        let rows: [(&str, &str); 9] = [
            ("hello\r\n\r\n", "400"),
            ("\0\0\0\0\r\n\r\n", "400"),
            ("GET / HTTP/9.9\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", "400"),
            ("POST /restapis HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n", "400"),
            ("POST /restapis HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"),
            (&long, "414"),
            (&many, "431"),
        ];
        for (request, expected) in rows {
            let answer = exchange(address, request.as_bytes());
            assert_eq!(status(&answer), expected, "{:.60}: {answer}", request);
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

    #[test]
    fn a_url_sent_whole_says_its_host_itself() {
        let address = start(Bounds::USUAL);
        let whole = GET.replace("/restapis", "http://apigateway.eu-west-1.amazonaws.com/restapis");
        assert_eq!(status(&exchange(address, whole.as_bytes())), "200");
        let elsewhere = GET.replace("/restapis", "http://evil.example/restapis");
        assert_eq!(status(&exchange(address, elsewhere.as_bytes())), "421");
    }
}
