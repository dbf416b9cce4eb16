"""A refusal at the desk: one colleague proposes it, another reads the letter and decides; then it is sent like every letter."""

from __future__ import annotations

import re

from config.request import Status
from tests.desk.conftest import Desk, read_pdf

WHY = {"reason": "U vroeg dit vorige week ook. Er is niets veranderd.", "articles": "AVG 12 lid 5; Awb 3:46", "language": "nl"}


def test_a_handler_proposes_and_a_reviewer_refuses_with_that_letter(desk: Desk, number: str) -> None:
    """The page shows who proposed; the letter says why, by which articles, and what can be done against it."""
    anna, rik = desk.as_("anna"), desk.as_("rik")
    anna.post(f"/verzoeken/{number}/weigeren/voorstel", WHY)
    page = rik.get(f"/verzoeken/{number}/weigeren").text
    read = read_pdf(rik.get(f"/verzoeken/{number}/weigeren/brief").content)
    assert "Wij geven u de gegevens niet" in read and "Er is niets veranderd" in read and "bezwaar" in read and "AVG 12 lid 5" in read
    seen = re.findall(r'name="letter" value="([0-9a-f]{64})"', page)[0]
    rik.post(f"/verzoeken/{number}/weigeren/besluit", {"letter": seen})
    assert desk.work.register.get(number).status is Status.REFUSED
    sent = anna.get(f"/verzoeken/{number}/brieven").text
    assert "Besluit dat u weigert" in sent and "Ontvangstbevestiging" not in sent
    assert anna.post(f"/verzoeken/{number}/brieven/weigering", {}, 200).content == rik.get(f"/verzoeken/{number}/weigeren/brief").content
    anna.post(f"/verzoeken/{number}/brieven/weigering/verzonden")


def test_nobody_refuses_alone_or_without_a_reason(desk: Desk, number: str) -> None:
    """A handler has no button to decide, and a proposal needs a reason and an article."""
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{number}/weigeren/voorstel", {"reason": "omdat", "articles": " ; "}, 409)
    anna.post(f"/verzoeken/{number}/weigeren/voorstel", WHY)
    anna.post(f"/verzoeken/{number}/weigeren/besluit", {"letter": "a" * 64}, 403)
    desk.as_("rik").post(f"/verzoeken/{number}/weigeren/besluit", {"letter": "a" * 64}, 409)
    anna.post(f"/verzoeken/{number}/weigeren/terug")
    assert desk.work.register.refusing.proposed(number) is None
