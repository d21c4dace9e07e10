#pragma once

#include "casework/casework.h"
#include "exchange/courier.h"
#include "http/clock_levels.h"
#include "http/events.h"
#include "http/router.h"

namespace comity::http {

/// What the desk says of the node it belongs to.
struct NodeFacts {
    std::string party, unit, name, zone, version;
    bool test = false; ///< Synthetic data: every screen says so.
    ClockLevels clocks {};
};

/// The rooms that the desk's routes call. All outlive the routes.
struct DeskRooms {
    store::Store& store;
    ledger::Ledger& ledger;
    exchange::Exchange& exchange;
    exchange::Courier& courier;
    casework::Casework& casework;
    treaty::Law const& law;
    EventHub& events;
    Clock clock;
    NodeFacts facts;
};

/// What casework is told of somebody who is signed in.
casework::Officer officer_of(access::Session const& session);

/// What became of a step: 201 where it left, 202 where it waits for a second officer.
Response step_response(casework::TakenStep const& taken);
/// 403 with the paragraph that a refusal to one officer rests on. Field "officer" where the act is
/// another officer's, "access" where the case is closed to him.
Response closed_to(access::Refusal const& refused);

/// Everything of api/openapi.yaml but signing in.
std::vector<Endpoint> desk_endpoints(DeskRooms const& rooms);

/// One peer as the desk sees it; also the data of a `peer` event.
json::Object peer_view(store::Store& store, exchange::Exchange const& exchange,
    std::string const& state, exchange::PeerStatus const& status);

} // namespace comity::http
