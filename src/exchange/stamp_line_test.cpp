#include "exchange/stamp_line.h"

#include <boost/asio/ip/tcp.hpp>
#include <gtest/gtest.h>

#include <thread>

namespace comity::exchange {
namespace {

constexpr auto good = "HTTP/1.0 200 OK\r\nContent-Type: application/timestamp-reply\r\n"
                      "Content-Length: 4\r\n\r\nTEST";

/// Answers one request with fixed bytes, then closes.
class Authority {
public:
    explicit Authority(std::string answer)
        : thread_([this, answer = std::move(answer)] {
            boost::asio::ip::tcp::iostream line;
            acceptor_.accept(line.socket());
            for (std::string text; std::getline(line, text) && text != "\r";) asked_ += text;
            // What was not read when it closes would take the answer with it.
            auto const length = asked_.find("Content-Length: ");
            std::string body(std::stoul(asked_.substr(length + 16)), '\0');
            line.read(body.data(), std::ssize(body));
            line << answer << std::flush;
        })
    {
    }
    StampAddress address() const
    {
        return { "127.0.0.1", std::to_string(acceptor_.local_endpoint().port()), "/tsa" };
    }
    std::string const& asked()
    {
        thread_.join();
        return asked_;
    }

private:
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_ { context_,
        { boost::asio::ip::address_v4::loopback(), 0 } };
    std::string asked_;
    std::jthread thread_;
};

auto const patience = std::chrono::seconds { 20 };

} // namespace

TEST(StampLine, an_address_is_http_with_host_and_perhaps_port_and_path)
{
    auto const read = read_stamp_address("http://tsa.test:8080/a/b").value();
    EXPECT_EQ(read.host, "tsa.test");
    EXPECT_EQ(read.port, "8080");
    EXPECT_EQ(read.path, "/a/b");
    EXPECT_EQ(read_stamp_address("http://tsa.test").value().port, "80");
    EXPECT_EQ(read_stamp_address("http://tsa.test").value().path, "/");
    for (char const* url : { "", "https://tsa.test", "http://", "http://:80", "http://tsa:", "tsa",
             "http://tsa:x", "http://tsa:123456", "http://tsa test" })
        EXPECT_EQ(read_stamp_address(url).error().kind, Error::Kind::malformed) << url;
}

TEST(StampLine, brings_the_body_of_an_answer)
{
    Authority authority { good };
    auto const answer = ask_for_stamp(authority.address(), as_view("TEST"), patience);
    ASSERT_TRUE(answer.ok()) << answer.error().what;
    EXPECT_EQ(as_text(answer.value()), "TEST");
    EXPECT_EQ(authority.asked().substr(0, 21), "POST /tsa HTTP/1.0\rHo");
}

TEST(StampLine, what_is_no_such_answer_is_refused)
{
    auto const kind = [](std::string_view reply) { return read_stamp_reply(reply).error().kind; };
    std::string const text { good };
    EXPECT_TRUE(read_stamp_reply(text).ok());
    EXPECT_EQ(kind("TEST"), Error::Kind::malformed);
    EXPECT_EQ(kind("HTTP/1.0 503 Busy\r\n\r\n"), Error::Kind::unavailable);
    EXPECT_EQ(
        kind("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nTEST"), Error::Kind::malformed);
    EXPECT_EQ(kind(text.substr(0, text.size() - 1)), Error::Kind::malformed);
    EXPECT_EQ(kind(text + "x"), Error::Kind::malformed);
    EXPECT_EQ(
        kind("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), Error::Kind::malformed);
    EXPECT_EQ(kind(text + std::string(stamp_reply_bytes_max, 'x')), Error::Kind::too_large);
}

TEST(StampLine, nobody_there_is_said)
{
    StampAddress address;
    {
        Authority gone { "" };
        address = gone.address();
        EXPECT_EQ(ask_for_stamp(address, {}, patience).error().kind, Error::Kind::unavailable);
    }
    EXPECT_EQ(ask_for_stamp(address, {}, patience).error().kind, Error::Kind::unavailable);
}

} // namespace comity::exchange
