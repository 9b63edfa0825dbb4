"""News reach those who listen, and who looks at what is known."""

from __future__ import annotations

from bot.desk.handoffs.payloads import AgentName
from bot.desk.live.hub import MOST_WAITING, Hub, of_agent, of_conversation, of_handoff
from bot.desk.live.viewers import Viewers

NUMBER = "WH-7K3M-Q9TD"
LI, WANG = AgentName(1, "Li"), AgentName(2, "Wang")


async def test_who_listens_hears_his_topics_in_order_and_no_others() -> None:
    hub = Hub()
    with hub.subscribe("queue", of_handoff(NUMBER)) as news:
        for topic in ("queue", of_handoff("WH-0000-0001"), of_agent(1), of_handoff(NUMBER)):
            hub.publish(topic, {"from": topic})

        assert [news.get_nowait()[0] for _ in range(news.qsize())] == ["queue", of_handoff(NUMBER)]


async def test_who_has_stopped_listening_hears_nothing_more() -> None:
    hub = Hub()
    with hub.subscribe("queue") as news, hub.subscribe("queue") as others:
        pass
    hub.publish("queue", {})

    assert news.empty() and others.empty()


async def test_all_conversations_are_told_at_once_and_nobody_else() -> None:
    hub = Hub()
    with hub.subscribe(of_conversation("a"), of_conversation("b"), "queue") as news:
        hub.publish_to_all("conversation:", {"news": "stored"})

        assert sorted(news.get_nowait()[0] for _ in range(news.qsize())) == ["conversation:a", "conversation:b"]


async def test_the_end_of_the_server_is_told_to_everybody_and_to_who_comes_late() -> None:
    hub = Hub()
    with hub.subscribe("queue") as early:
        hub.close()
        with hub.subscribe("queue") as late:
            assert early.get_nowait() == late.get_nowait() == ("closing", {})


async def test_who_looks_at_a_handoff_is_known_until_his_last_window_is_closed() -> None:
    viewers = Viewers(Hub())
    with viewers.look(NUMBER, LI):
        with viewers.look(NUMBER, LI), viewers.look(NUMBER, WANG):
            assert viewers.of(NUMBER) == [LI, WANG]
        assert viewers.of(NUMBER) == [LI]
    assert viewers.of(NUMBER) == []


async def test_the_others_are_told_who_comes_and_goes() -> None:
    hub = Hub()
    viewers = Viewers(hub)
    with hub.subscribe(of_handoff(NUMBER)) as news:
        with viewers.look(NUMBER, LI):
            pass

        assert [news.get_nowait()[1] for _ in range(news.qsize())] == [{"news": "viewers"}] * 2


async def test_who_stops_reading_is_told_to_look_again_in_place_of_all_he_missed() -> None:
    hub = Hub()
    with hub.subscribe("queue") as news:
        for place in range(MOST_WAITING + 1):
            hub.publish("queue", {"place": place})

        assert [news.get_nowait() for _ in range(news.qsize())] == [("missed", {}), ("queue", {"place": MOST_WAITING})]


async def test_the_end_of_the_server_is_never_missed() -> None:
    hub = Hub()
    with hub.subscribe("queue") as news:
        hub.close()
        for _ in range(2 * MOST_WAITING):
            hub.publish("queue", {})

        assert ("closing", {}) in [news.get_nowait() for _ in range(news.qsize())]
