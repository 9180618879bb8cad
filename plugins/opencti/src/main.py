"""Entry point of the connector."""

import sys
import traceback

from connector.connector import RefrainConnector
from connector.settings import ConnectorSettings
from pycti import OpenCTIConnectorHelper

from refrain_client import Refrain

if __name__ == "__main__":
    try:
        settings = ConnectorSettings()
        helper = OpenCTIConnectorHelper(config=settings.to_helper_config(), playbook_compatible=True)
        refrain = Refrain(str(settings.refrain.api_base_url), settings.refrain.api_key.get_secret_value())
        RefrainConnector(settings.refrain, helper, refrain).run()
    except Exception:  # noqa: BLE001 - whatever it is, the container is to end with it
        traceback.print_exc()
        sys.exit(1)
