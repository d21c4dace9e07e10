#pragma once

#include "exchange/exchange.h"
#include "http/message.h"

namespace comity::http {

/// What other States' nodes may ask of this one, through mTLS alone: take a message, show the
/// register. docs/PROTOCOL.md restates it. The State is the one whose TLS certificate spoke.
class PeerRoutes {
public:
    PeerRoutes(exchange::Exchange& exchange, ledger::Ledger const& ledger, store::Store& store,
        Clock clock)
        : exchange_(exchange)
        , ledger_(ledger)
        , store_(store)
        , clock_(std::move(clock))
    {
    }
    Response serve(Request const& request) const;

private:
    Result<Response> answer(Request const& request) const;
    Result<Response> take_message(Request const& request, std::string_view state) const;
    Result<Response> attachment(Request const& request, std::string_view state) const;
    Result<Response> take_batch(Request const& request, std::string_view state) const;
    Result<Response> refuse(Error const& error, std::string_view state) const;
    Result<Response> register_file(Request const& request) const;
    Result<Response> cosign(Request const& request) const;

    exchange::Exchange& exchange_;
    ledger::Ledger const& ledger_;
    store::Store& store_;
    Clock clock_;
};

} // namespace comity::http
